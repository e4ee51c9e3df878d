package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads PyTorch's format before 1.6: five pickles (magic number, version, system, contents, keys of
 * the storages), then each storage as a 64-bit count and its values.
 */
final class TorchLegacy {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Integer VERSION = 1001;

  private final FileBytes file;
  private final PickleBytes pickles;
  private final Map<String, Place> places = new HashMap<>();

  /** The place of a storage's values in the file. */
  private record Place(long position, long length) {}

  private TorchLegacy(FileBytes file) throws IOException {
    this.file = file;
    byte[] start = new byte[(int) Math.min(file.size(), CheckpointLimits.LONGEST_PICKLE)];
    file.read(0, start.length).get(start);
    this.pickles = new PickleBytes(start);
  }

  static CheckpointFile read(Path path) throws IOException {
    try (FileBytes file = FileBytes.open(path)) {
      return new TorchLegacy(file).read();
    }
  }

  private CheckpointFile read() throws IOException {
    if (!MAGIC.equals(CheckpointPickle.read(pickles).value())) {
      throw new IOException("it is a pickle, but not one that torch.save wrote.");
    }
    if (!VERSION.equals(CheckpointPickle.read(pickles).value())) {
      throw new IOException("it has an unknown version of PyTorch's legacy format.");
    }
    refuseBigEndian(CheckpointPickle.read(pickles).value());
    CheckpointPickle.Contents contents = CheckpointPickle.read(pickles);
    StateDict model = StateDict.in(contents.value());
    findStorages(CheckpointPickle.read(pickles).value(), contents.storages());
    return new CheckpointFile(
        CheckpointFile.Format.TORCH_LEGACY, model.facts(), model.read(this::storage, file.size()));
  }

  private static void refuseBigEndian(@Nullable Object system) throws IOException {
    if (!(system instanceof Map<?, ?> facts) || !Boolean.TRUE.equals(facts.get("little_endian"))) {
      throw new IOException("its numbers are not little-endian: save it on such a machine.");
    }
  }

  private void findStorages(@Nullable Object keys, Map<String, TensorStorage> storages)
      throws IOException {
    if (!(keys instanceof List<?> list)) {
      throw new IOException("its list of storages is missing.");
    }
    long position = pickles.position();
    for (Object each : list) {
      TensorStorage storage = each instanceof String key ? storages.get(key) : null;
      if (storage == null) {
        throw new IOException("byte %d starts a storage that no tensor uses.".formatted(position));
      }
      long count = file.read(position, Long.BYTES).getLong();
      position += Long.BYTES;
      if (count != storage.elements()) {
        throw new IOException(
            "the storage at byte %d has %d values, but its tensors expect %d."
                .formatted(position, count, storage.elements()));
      }
      Place place = new Place(position, count * storage.type().bytes());
      places.put(storage.key(), place);
      position += place.length();
    }
  }

  private ByteBuffer storage(String key) throws IOException {
    Place place = places.get(key);
    if (place == null) {
      throw new IOException("its storage is not in the file.");
    }
    return file.read(place.position(), place.length());
  }
}
