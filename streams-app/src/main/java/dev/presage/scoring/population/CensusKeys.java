package dev.presage.scoring.population;

/** The keys of censuses on their topic. */
final class CensusKeys {
  private CensusKeys() {}

  static String ofTrait(String trait, int partition) {
    return "trait/" + trait + "/" + partition;
  }

  static String ofSegmentation(String segmentation, int partition) {
    return "segmentation/" + segmentation + "/" + partition;
  }
}
