package org.bagnetlab.server.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsRefused;
import org.bagnetlab.vision.weights.WeightsStore;

/** Files of weights: read, matched to a network, and imported into a store. */
final class CheckpointTarget implements Target {

  private static final WeightsImport REQUEST =
      new WeightsImport(Optional.empty(), Optional.empty(), "fuzz", Optional.empty());

  private final Path file;
  private final Path folder;
  private final WeightsStore store;
  private final List<byte[]> seeds;
  private final Mutation.Structure structure;

  private CheckpointTarget(Path folder, List<byte[]> seeds, Mutation.Structure structure) {
    this.file = folder.resolve("checkpoint");
    this.folder = folder.resolve("weights");
    this.store = new WeightsStore(this.folder);
    this.seeds = seeds;
    this.structure = structure;
  }

  static Target pytorch(Path folder) throws IOException {
    return new CheckpointTarget(
        folder, List.of(TorchFiles.zip(), TorchFiles.legacy()), new ZipHeaders());
  }

  static Target safetensors(Path folder) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(TorchFiles.safetensors());
    Path file = folder.resolve("bagnet9.safetensors");
    Architecture narrow = Architectures.named("bagnet9").build(4, 0.01, 64);
    Checkpoint.of(Map.of(), InitialWeights.of(narrow, 1)).write(file, narrow);
    seeds.add(Files.readAllBytes(file));
    return new CheckpointTarget(folder, seeds, new SafetensorsHeader());
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation.Structure structure() {
    return structure;
  }

  @Override
  public boolean takes(byte[] input) throws Exception {
    Files.write(file, input);
    try {
      var _ = CheckpointFile.read(file);
    } catch (IOException e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return false;
    }
    try {
      store.importFrom("weights", file, REQUEST);
      try (Closeable removed = store.remove("weights")) {
        return removed != null;
      }
    } catch (WeightsRefused e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return true;
    } finally {
      requireNothingLeft();
    }
  }

  private void requireNothingLeft() throws IOException {
    try (Stream<Path> left = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      List<Path> files = left.toList();
      if (!files.isEmpty()) {
        throw new IOException("files are left: " + files);
      }
    }
  }
}
