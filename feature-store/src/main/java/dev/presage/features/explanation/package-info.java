/** Says why a feature has the value that it has; {@link FeatureExplanation} is the entry point. */
@NullMarked
package dev.presage.features.explanation;

import org.jspecify.annotations.NullMarked;
