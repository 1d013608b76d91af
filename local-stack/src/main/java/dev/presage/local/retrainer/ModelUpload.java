package dev.presage.local.retrainer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that was trained elsewhere.
 *
 * @param trait the trait that it predicts
 * @param model the file as its library saved it
 * @param goldenRows CSV with what its trainer predicted
 * @param approvedBy who lets it in
 * @param kind what sort of predictor it is, where the file cannot tell
 * @param version its version; by default one that follows from the file
 * @param stage what it is to be used for; LIVE by default
 * @param canaryShare the share of canonical IDs that it scores as a canary, 0 to 1
 * @param range iterations that count, {@code from:until}
 */
public record ModelUpload(
    String trait,
    Path model,
    Path goldenRows,
    String approvedBy,
    Optional<String> kind,
    Optional<String> version,
    Optional<String> stage,
    Optional<Double> canaryShare,
    Optional<String> range) {}
