package org.bagnetlab.vision.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.SplitArchitecture;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.bagnetlab.vision.network.Update;

/**
 * The last layers of a network as a network that is given images: the features before them are
 * computed in evaluation mode and never change. Its architecture, weights and optimiser are those
 * of the last layers.
 *
 * <p>The features of images that are seen in every epoch can be kept, so that they are computed
 * once. They are recognised by their pixels. If only the classifier is trained, and not on single
 * positions, the features are means over all positions.
 */
public final class PartlyTrainedNetwork implements Network {

  private final Network features;
  private final Network rest;
  private final boolean pooled;
  private final Shape map;
  private final Map<String, float[]> kept = new HashMap<>();

  /** Whether the features of training images are kept, so that they are looked up. */
  private boolean trainingIsKept;

  private PartlyTrainedNetwork(Network features, Network rest, boolean pooled, Shape map) {
    this.features = features;
    this.rest = rest;
    this.pooled = pooled;
    this.map = map;
  }

  /**
   * Compiles both parts.
   *
   * @param weights of the whole network
   * @param objective what the training minimises
   * @param compile compiles a network
   */
  public static PartlyTrainedNetwork of(
      SplitArchitecture split,
      Map<String, float[]> weights,
      Objective objective,
      Function<Architecture, Network> compile) {
    boolean pooled = split.isClassifierAlone() && !objective.usesPositions();
    Shape map = pooled ? new Shape(split.map().channels(), 1, 1) : split.map();
    Network features = compile.apply(split.features());
    try {
      features.load(split.ofFeatures(weights));
      Network rest = compile.apply(split.rest().withImage(map));
      rest.load(split.ofRest(weights));
      return new PartlyTrainedNetwork(features, rest, pooled, map);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** The memory for the features of an image, in bytes. */
  public long bytesPerImage() {
    return map.elements() * Float.BYTES;
  }

  /**
   * Computes the features of training images now, and keeps them. They must be the same in every
   * epoch.
   *
   * @param size number of images at a time
   * @param goesOn receives the number of images whose features are computed; if it returns false,
   *     the features of the rest are computed at each use
   */
  public void keepTraining(LoadedImages images, int size, IntPredicate goesOn) {
    keep(images, size, goesOn);
    trainingIsKept = true;
  }

  /** The same for images that the network is validated on. */
  public void keepValidation(LoadedImages images, int size, IntPredicate goesOn) {
    keep(images, size, goesOn);
  }

  private void keep(LoadedImages images, int size, IntPredicate goesOn) {
    boolean on = true;
    for (int from = 0; on && from < images.count(); from += size) {
      int[] indices = IntStream.range(from, Math.min(images.count(), from + size)).toArray();
      Batch batch = images.batch(indices);
      List<String> names = names(batch);
      float[] values = compute(batch).values();
      int each = Math.toIntExact(map.elements());
      for (int i = 0; i < indices.length; i++) {
        kept.putIfAbsent(names.get(i), Arrays.copyOfRange(values, i * each, (i + 1) * each));
      }
      on = goesOn.test(from + indices.length);
    }
  }

  /** A name for each image, which depends on its pixels alone. */
  private static List<String> names(Batch batch) {
    int each = batch.values().length / batch.images();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < batch.images(); i++) {
      ByteBuffer bytes = ByteBuffer.allocate(each * Float.BYTES);
      bytes.asFloatBuffer().put(batch.values(), i * each, each);
      names.add(Sha256.of(bytes.array()));
    }
    return names;
  }

  private Batch features(Batch images) {
    if (kept.isEmpty()) {
      return compute(images);
    }
    int each = Math.toIntExact(map.elements());
    float[] values = new float[images.images() * each];
    int i = 0;
    for (String name : names(images)) {
      float[] known = kept.get(name);
      if (known == null) {
        return compute(images);
      }
      System.arraycopy(known, 0, values, each * i++, each);
    }
    return batch(values, images.images());
  }

  private Batch compute(Batch images) {
    if (!pooled) {
      return batch(features.logitMap(images).values(), images.images());
    }
    float[] values = new float[images.images() * map.channels()];
    int at = 0;
    for (float[] means : features.logits(images)) {
      System.arraycopy(means, 0, values, at, means.length);
      at += means.length;
    }
    return batch(values, images.images());
  }

  private Batch batch(float[] values, int images) {
    return new Batch(values, images, map.channels(), map.height(), map.width());
  }

  @Override
  public Architecture architecture() {
    return rest.architecture();
  }

  @Override
  public float[][] logits(Batch images) {
    return rest.logits(features(images));
  }

  @Override
  public LogitMap logitMap(Batch images) {
    return rest.logitMap(features(images));
  }

  @Override
  public Step train(Batch images, Targets targets, Objective objective, Update update) {
    Batch seen = trainingIsKept ? features(images) : compute(images);
    return rest.train(seen, targets, objective, update);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedOperationException always: only the whole network is explained
   */
  @Override
  public float[] inputGradient(Batch images, int[] labels, Optional<Position> position) {
    throw new UnsupportedOperationException("the last layers alone have no gradient of images");
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedOperationException always: only the whole network is explained
   */
  @Override
  public float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress) {
    throw new UnsupportedOperationException("the last layers alone have no patches of images");
  }

  @Override
  public void resetOptimiser() {
    rest.resetOptimiser();
  }

  @Override
  public Map<String, float[]> weights() {
    return rest.weights();
  }

  @Override
  public void load(Map<String, float[]> weights) {
    rest.load(weights);
  }

  @Override
  public Map<String, float[]> optimiser() {
    return rest.optimiser();
  }

  @Override
  public void loadOptimiser(Map<String, float[]> state) {
    rest.loadOptimiser(state);
  }

  @Override
  public void close() {
    features.close();
    rest.close();
  }
}
