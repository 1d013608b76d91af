/** The process around the topology: settings, start, followers of definitions, stop. */
package dev.presage.scoring.runtime;
