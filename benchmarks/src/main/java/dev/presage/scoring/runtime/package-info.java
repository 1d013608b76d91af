/** What runs other topologies as the streams application runs its own. */
@NullMarked
package dev.presage.scoring.runtime;

import org.jspecify.annotations.NullMarked;
