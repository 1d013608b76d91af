/** The fold of a profile over its log: state, record, scores and what goes out. */
package dev.presage.scoring.profile;
