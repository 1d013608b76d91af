package dev.presage.local.definitions;

import dev.presage.local.yaml.InvalidFileException;
import dev.presage.local.yaml.YamlFile;
import dev.presage.local.yaml.YamlObject;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import java.nio.file.Path;
import java.util.List;

/** Reads segmentations from a YAML file such as {@code local-stack/demo/segments.yaml}. */
public final class SegmentFile {

  private static final String EVERYBODY = "true";

  private SegmentFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when a segmentation is wrong, with every problem. Expressions are
   *     checked by the streams application, which knows features and traits.
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
    List<YamlObject> objects = segmentation.objects("segments");
    List<Segment> segments = objects.stream().map(SegmentFile::segment).toList();
    Repetition.report(objects, "segment");
    if (!segments.isEmpty() && !segments.getLast().getEnter().equals(EVERYBODY)) {
      objects
          .getLast()
          .problem("enter", "must be \"true\": the last segment takes everybody who is left");
    }
    return SegmentDefinition.newBuilder()
        .setSegmentation(segmentation.text("segmentation"))
        .setEntityType(segmentation.optionalText("entityType").orElse("customer"))
        .setDescription(segmentation.optionalText("description").orElse(""))
        .setSegments(segments)
        .build();
  }

  private static Segment segment(YamlObject segment) {
    return Segment.newBuilder()
        .setName(segment.text("segment"))
        .setEnter(segment.text("enter"))
        .setStay(segment.optionalText("stay").orElse(null))
        .build();
  }
}
