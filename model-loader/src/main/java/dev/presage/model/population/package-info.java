/** How features and scores were distributed in training, and how far what is served has moved. */
@NullMarked
package dev.presage.model.population;

import org.jspecify.annotations.NullMarked;
