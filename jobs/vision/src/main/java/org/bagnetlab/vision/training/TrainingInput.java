package org.bagnetlab.vision.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bagnetlab.vision.augmentation.Augmentations;
import org.bagnetlab.vision.augmentation.MixedBatch;
import org.bagnetlab.vision.augmentation.Mixing;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Targets;

/**
 * The batches of a training in order, epoch after epoch. Other threads prepare them ahead of their
 * use, so that a step rarely waits for its images. The batches depend on the seed alone, not on the
 * threads or on where a training was resumed.
 */
public final class TrainingInput implements AutoCloseable {

  /** Number of batches that each thread prepares ahead, if memory permits. */
  private static final int AHEAD = 2;

  /** Memory for batches that are prepared ahead, in bytes; one batch may be larger. */
  private static final long MOST_BYTES = 64L << 20;

  private final LoadedImages images;
  private final Plan plan;
  private final Order order;
  private final ExecutorService threads;
  private final int mostAhead;
  private final Deque<Future<TrainingBatch>> ahead = new ArrayDeque<>();
  private int nextEpoch = 1;
  private int nextBatch;
  private long waited;

  /**
   * What a training is given.
   *
   * @param batchSize images per step; a last batch with a single image is skipped, since batch
   *     normalisation needs at least two
   * @param seed seed of the order of images
   * @param augmentations random changes of the images
   * @param labelSmoothing share of each target's probability that is spread evenly over all classes
   * @param classes number of classes
   */
  public record Plan(
      int batchSize, long seed, Augmentations augmentations, double labelSmoothing, int classes) {

    /**
     * The plan with augmentations that draw from the same seed.
     *
     * @param strengths strength of each augmentation by name; those that are missing are off
     * @throws IllegalArgumentException if a strength is negative
     */
    public static Plan of(
        int batchSize,
        long seed,
        Map<String, Double> strengths,
        double labelSmoothing,
        int classes) {
      return new Plan(
          batchSize, seed, Augmentations.named(strengths, seed), labelSmoothing, classes);
    }
  }

  /**
   * Creates an input without preparing anything yet.
   *
   * @param threads number of threads that prepare batches
   */
  public TrainingInput(LoadedImages images, Plan plan, int threads) {
    this.images = images;
    this.plan = plan;
    this.order = new Order(images.count(), plan.seed());
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("training-input-", 1).factory());
    this.mostAhead = mostAhead(images.side(), plan, threads);
  }

  private static int mostAhead(int side, Plan plan, int threads) {
    long batch = (long) plan.batchSize() * Normalisation.length(side) * Float.BYTES;
    long copies = plan.augmentations().mixes() ? 2 : 1;
    return Math.clamp(MOST_BYTES / (batch * copies), 1, AHEAD * threads);
  }

  /** The number of threads that keep up with a training on this machine's processors. */
  public static int usualThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
  }

  /**
   * The first images of the first epoch, as the network sees them. Only these and those that they
   * are mixed with are read.
   *
   * @param train the training images
   * @param side side of the square images in pixels
   * @param count number of images; an epoch may have fewer
   * @throws java.io.UncheckedIOException if an image cannot be read
   */
  public static List<Pixels> first(
      SceneDataset dataset, List<SceneImage> train, int side, Plan plan, int count) {
    LoadedImages images = LoadedImages.whenUsed(dataset, train, side);
    try (TrainingInput input = new TrainingInput(images, plan, 1)) {
      input.order.next();
      List<Pixels> first = new ArrayList<>();
      for (int number = 0; number < input.batches() && first.size() < count; number++) {
        int[] batch = input.order.batch(number, plan.batchSize());
        first.addAll(input.first(batch, Math.min(batch.length, count - first.size())));
      }
      return first;
    }
  }

  /** The first images of a batch of the first epoch. Not more than two are prepared at once. */
  private Collection<Pixels> first(int[] batch, int count) {
    SortedMap<Integer, Pixels> prepared = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int partner = batch.length - 1 - i;
      if (!plan.augmentations().mixes() || partner == i) {
        prepared.put(i, Normalisation.pixels(prepare(1, new int[] {batch[i]}).images(), 0));
      } else if (!prepared.containsKey(i)) {
        // The two are mixed with each other, as in the batch with its partners.
        Batch pair = prepare(1, new int[] {batch[i], batch[partner]}).images();
        prepared.put(i, Normalisation.pixels(pair, 0));
        prepared.put(partner, Normalisation.pixels(pair, 1));
      }
    }
    return prepared.headMap(count).values();
  }

  /** The number of batches of an epoch. */
  public int batches() {
    int size = plan.batchSize();
    return images.count() / size + (images.count() % size > 1 ? 1 : 0);
  }

  /**
   * Goes to a batch, before the first use.
   *
   * @param epoch its epoch, from 1
   * @param batch the number of batches of the epoch before it
   */
  void start(int epoch, int batch) {
    nextEpoch = epoch;
    nextBatch = batch;
  }

  /**
   * The next batch. After the last batch of an epoch follows the first one of the next epoch.
   *
   * @throws java.io.UncheckedIOException if an image cannot be read
   */
  TrainingBatch next() {
    while (ahead.size() < mostAhead) {
      ahead.add(prepareNext());
    }
    long start = System.nanoTime();
    try {
      return ahead.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for images", e);
    } finally {
      waited += System.nanoTime() - start;
      ahead.add(prepareNext());
    }
  }

  /** How long {@link #next} has waited for batches so far, in seconds. */
  public double secondsWaited() {
    return waited / 1e9;
  }

  private Future<TrainingBatch> prepareNext() {
    if (nextBatch == batches()) {
      nextEpoch++;
      nextBatch = 0;
    }
    while (order.epoch() < nextEpoch) {
      order.next();
    }
    int epoch = nextEpoch;
    int[] indices = order.batch(nextBatch++, plan.batchSize());
    return threads.submit(() -> prepare(epoch, indices));
  }

  private TrainingBatch prepare(int epoch, int[] indices) {
    Augmentations augmentations = plan.augmentations();
    LoadedImages augmented =
        augmentations.none()
            ? images
            : images.changedBy((pixels, path) -> augmentations.apply(pixels, path, epoch));
    Batch batch = augmented.batch(indices);
    int[] labels = images.labels(indices);
    if (augmentations.mixes()) {
      List<Mixing> mixings =
          IntStream.of(indices)
              .mapToObj(i -> augmentations.mixing(images.image(i).path(), epoch, batch.width()))
              .toList();
      MixedBatch mixed = MixedBatch.of(batch, labels, plan.classes(), mixings);
      return new TrainingBatch(mixed.batch(), Targets.of(labels, smoothed(mixed.targets())));
    }
    return new TrainingBatch(
        batch,
        plan.labelSmoothing() == 0
            ? Targets.of(labels)
            : Targets.of(labels, smoothed(oneHot(labels))));
  }

  private float[] oneHot(int[] labels) {
    float[] probabilities = new float[labels.length * plan.classes()];
    for (int i = 0; i < labels.length; i++) {
      probabilities[i * plan.classes() + labels[i]] = 1;
    }
    return probabilities;
  }

  /** Spreads a share of the probabilities evenly (Szegedy et al. 2016), as PyTorch does. */
  private float[] smoothed(float[] probabilities) {
    float[] smooth = new float[probabilities.length];
    double share = plan.labelSmoothing();
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] = (float) ((1 - share) * probabilities[i] + share / plan.classes());
    }
    return smooth;
  }

  /** Stops its threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
