/** Everything that runs Presage on one machine: the local stack, the players and the demo. */
package dev.presage.local;
