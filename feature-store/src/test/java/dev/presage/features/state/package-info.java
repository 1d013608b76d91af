@NullMarked
package dev.presage.features.state;

import org.jspecify.annotations.NullMarked;
