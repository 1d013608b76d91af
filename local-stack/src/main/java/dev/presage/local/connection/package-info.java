/** Connections to a running broker and registry; {@link Connection} is the entry point. */
package dev.presage.local.connection;
