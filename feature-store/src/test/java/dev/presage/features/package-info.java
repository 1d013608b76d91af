@NullMarked
package dev.presage.features;

import org.jspecify.annotations.NullMarked;
