/** The local stack with both applications on it; {@link Installation} is the entry point. */
package dev.presage.local.installation;
