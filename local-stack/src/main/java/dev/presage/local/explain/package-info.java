/**
 * Shows why the features of a profile are what they are; {@link ProfilesClient} asks, the others
 * write.
 */
package dev.presage.local.explain;
