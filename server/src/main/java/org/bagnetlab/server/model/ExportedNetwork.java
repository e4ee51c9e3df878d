package org.bagnetlab.server.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.Normalisation;

/**
 * A trained network from a checkpoint, for other programs.
 *
 * @param architecture the network for the images and classes that it was trained on
 * @param facts metadata of the checkpoint
 * @param weights by the names of its tensors
 */
public record ExportedNetwork(
    Architecture architecture, Map<String, String> facts, Map<String, float[]> weights) {

  /**
   * Reads a checkpoint of a training.
   *
   * @throws IOException if it is damaged, or not a checkpoint of a training
   */
  public static ExportedNetwork read(Path file) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(file);
    Map<String, String> facts = checkpoint.facts();
    NetworkFacts network = NetworkFacts.in(facts);
    if (network.width().isEmpty() || network.imageSize().isEmpty()) {
      throw new IOException("%s does not say which network it has".formatted(file));
    }
    return new ExportedNetwork(
        Architectures.named(facts.getOrDefault("architecture", ""))
            .build(
                Integer.parseInt(facts.getOrDefault("classes", "0")),
                network.width().get(),
                network.imageSize().get()),
        facts,
        checkpoint.weights());
  }

  /** Names of the classes, in the order of the logits; empty if unknown. */
  public List<String> classes() {
    return NetworkFacts.in(facts).classNames().orElse(List.of());
  }

  /** The network in ONNX, with the facts and the normalisation of images as metadata. */
  public ModelProto onnx() {
    Map<String, String> metadata = new LinkedHashMap<>(facts);
    metadata.put("mean", numbers(Normalisation.mean()));
    metadata.put("deviation", numbers(Normalisation.deviation()));
    return OnnxModel.of(architecture, weights, metadata);
  }

  private static String numbers(List<Double> values) {
    return String.join(" ", values.stream().map(String::valueOf).toList());
  }
}
