package dev.presage.schemas.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A YAML file as flat keys: nested names are joined by dots, lists by commas. */
final class YamlSettings {
  private YamlSettings() {}

  static Map<String, String> read(Path file, String prefix) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new InvalidSettingsException(
          List.of(file + " cannot be read as YAML: " + e.getMessage()));
    }
    Map<String, String> flat = new TreeMap<>();
    flatten("", root, flat);
    Map<String, String> settings = new TreeMap<>();
    flat.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            settings.put(key.substring(prefix.length()), value);
          }
        });
    if (settings.isEmpty()) {
      throw new InvalidSettingsException(
          List.of(file + " has no setting that begins with " + prefix));
    }
    return settings;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              it ->
                  flatten(
                      path.isEmpty() ? it.getKey() : path + "." + it.getKey(),
                      it.getValue(),
                      flat));
    } else if (node.isArray()) {
      List<String> items = node.valueStream().map(JsonNode::asText).toList();
      flat.put(path, String.join(",", items));
    } else if (!node.isNull()) {
      flat.put(path, node.asText());
    }
  }
}
