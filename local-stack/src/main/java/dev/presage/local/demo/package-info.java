/** The main job end to end on sample data; {@link Demo} is the entry point. */
package dev.presage.local.demo;
