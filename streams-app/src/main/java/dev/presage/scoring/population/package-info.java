/** How many profiles have which values: counted by partition, shared, and ranked against. */
package dev.presage.scoring.population;
