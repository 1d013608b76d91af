/** What each feature of a vector contributed to a margin: Shapley values of trees and weights. */
@NullMarked
package dev.presage.model.contribution;

import org.jspecify.annotations.NullMarked;
