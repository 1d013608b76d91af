package dev.presage.local.definitions;

import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.yaml.Durations;
import dev.presage.schemas.yaml.InvalidFileException;
import dev.presage.schemas.yaml.Repetition;
import dev.presage.schemas.yaml.YamlFile;
import dev.presage.schemas.yaml.YamlObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads segmentations from a YAML file such as {@code local-stack/demo/segments.yaml}. */
public final class SegmentFile {

  private static final String EVERYBODY = "true";
  private static final String READY_MADE = "readyMade";
  private static final String PARAMETERS = "parameters";

  private SegmentFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when a segmentation is wrong, with every problem. Expressions, and
   *     whether there are the features and traits that a ready-made segmentation reads, are checked
   *     by the streams application, which knows them.
   */
  public static List<SegmentDefinition> read(Path file) {
    return YamlFile.read(file, SegmentFile::definitions);
  }

  private static List<SegmentDefinition> definitions(YamlObject root) {
    List<YamlObject> segmentations = root.objects("segmentations");
    Repetition.report(segmentations, "segmentation");
    return segmentations.stream().map(SegmentFile::definition).toList();
  }

  private static SegmentDefinition definition(YamlObject segmentation) {
    Optional<ReadyMade> readyMade = readyMade(segmentation);
    return SegmentDefinition.newBuilder()
        .setSegmentation(segmentation.text("segmentation"))
        .setEntityType(segmentation.optionalText("entityType").orElse("customer"))
        .setDescription(
            segmentation
                .optionalText("description")
                .orElseGet(() -> readyMade.map(ReadyMade::description).orElse("")))
        .setSegments(
            segmentation.has(READY_MADE)
                ? expanded(segmentation, readyMade)
                : segments(segmentation))
        .setMinDwellMillis(
            segmentation
                .parsed("minDwell", Duration.ZERO, Durations::parse, Durations.EXPECTED)
                .toMillis())
        .build();
  }

  private static Optional<ReadyMade> readyMade(YamlObject segmentation) {
    return segmentation.parsed(
        READY_MADE,
        Optional.empty(),
        text -> Optional.of(ReadyMade.of(text)),
        "one of " + ReadyMade.names());
  }

  private static List<Segment> expanded(YamlObject segmentation, Optional<ReadyMade> readyMade) {
    if (segmentation.has("segments")) {
      segmentation.problem("segments", "stands beside readyMade; expected one of the two");
    }
    Parameters parameters =
        new Parameters(
            segmentation.has(PARAMETERS) && readyMade.isPresent()
                ? segmentation.object(PARAMETERS)
                : null);
    return readyMade.map(it -> it.segments(parameters)).orElse(List.of());
  }

  private static List<Segment> segments(YamlObject segmentation) {
    if (segmentation.has(PARAMETERS)) {
      segmentation.problem(PARAMETERS, "are those of a readyMade segmentation; here is none");
    }
    List<YamlObject> objects = segmentation.objects("segments");
    List<Segment> segments = objects.stream().map(SegmentFile::segment).toList();
    Repetition.report(objects, "segment");
    if (!segments.isEmpty() && !segments.getLast().getEnter().equals(EVERYBODY)) {
      objects
          .getLast()
          .problem("enter", "must be \"true\": the last segment takes everybody who is left");
    }
    return segments;
  }

  private static Segment segment(YamlObject segment) {
    return Segment.newBuilder()
        .setName(segment.text("segment"))
        .setEnter(segment.text("enter"))
        .setStay(segment.optionalText("stay").orElse(null))
        .build();
  }
}
