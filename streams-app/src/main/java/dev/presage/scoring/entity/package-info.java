/** What is profiled: names of entity types, and of what belongs to them. */
package dev.presage.scoring.entity;
