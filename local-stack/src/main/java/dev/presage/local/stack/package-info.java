/** A real broker and a real schema registry; {@link LocalStack} is the entry point. */
package dev.presage.local.stack;
