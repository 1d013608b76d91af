/** Shows what is on a topic; {@link TopicTail} is the entry point. */
package dev.presage.local.tail;
