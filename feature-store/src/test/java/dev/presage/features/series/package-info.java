@NullMarked
package dev.presage.features.series;

import org.jspecify.annotations.NullMarked;
