/**
 * Child processes that end with their parent, however it ends; {@link ChildJvm} is the entry point.
 */
package dev.presage.local.process;
