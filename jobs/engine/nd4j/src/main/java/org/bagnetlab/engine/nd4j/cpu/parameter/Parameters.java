package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * A network's parameters and running statistics in one block of memory, first the parameters to
 * which weight decay applies, then the other ones; and the parameters' gradients in another block.
 * Each tensor is in PyTorch's layout.
 */
public final class Parameters implements AutoCloseable {

  private static final int ALIGNMENT = 16;

  private final Map<String, Span> spans = new LinkedHashMap<>();
  private final Map<String, TileWeights> tiles = new HashMap<>();
  private final Map<String, RoundedWeights> rounded = new HashMap<>();
  private final Arena values;
  private final Arena gradients;
  private final long decaying;
  private final long learnt;
  private long version;

  /** A tensor with its offset. */
  public record Span(Tensor tensor, long from) {
    public int length() {
      return Math.toIntExact(tensor.elements());
    }
  }

  public Parameters(Architecture architecture) {
    List<Tensor> order = new ArrayList<>(architecture.tensors());
    order.sort(Comparator.comparing(Tensor::decays).thenComparing(Tensor::learnt).reversed());
    Map<String, Span> placed = new LinkedHashMap<>();
    long end = 0;
    long decayingEnd = 0;
    long learntEnd = 0;
    for (Tensor tensor : order) {
      placed.put(tensor.name(), new Span(tensor, end));
      end = (end + tensor.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      decayingEnd = tensor.decays() ? end : decayingEnd;
      learntEnd = tensor.learnt() ? end : learntEnd;
    }
    for (Tensor tensor : architecture.tensors()) {
      spans.put(tensor.name(), Objects.requireNonNull(placed.get(tensor.name())));
    }
    decaying = decayingEnd;
    learnt = learntEnd;
    values = new Arena(end);
    gradients = new Arena(learnt);
    values.array(0, end).assign(0);
    gradients.array(0, learnt).assign(0);
  }

  /** The spans of all tensors, in the order of a checkpoint. */
  public Iterable<Span> spans() {
    return spans.values();
  }

  /** The number of floats of all parameters, including gaps between them. */
  long learnt() {
    return learnt;
  }

  /** The number of floats, from the first, to which weight decay applies, including gaps. */
  long decaying() {
    return decaying;
  }

  Span span(String tensor) {
    return Objects.requireNonNull(spans.get(tensor), tensor);
  }

  public FloatBuffer values(String tensor) {
    Span span = span(tensor);
    return values.floats(span.from(), span.length());
  }

  public FloatBuffer gradient(String tensor) {
    Span span = span(tensor);
    return gradients.floats(span.from(), span.length());
  }

  /** Weights, with a row for each output. */
  public Matrix weights(String tensor) {
    return matrix(values(tensor), tensor);
  }

  /** The gradient of {@link #weights}. */
  public Matrix weightGradient(String tensor) {
    return matrix(gradient(tensor), tensor);
  }

  private Matrix matrix(FloatBuffer memory, String tensor) {
    int outputs = span(tensor).tensor().shape().get(0);
    return Matrix.of(memory, outputs, memory.capacity() / outputs);
  }

  /** The 3x3 kernels of a tensor, transformed to tiles. */
  public TileWeights tiles(String tensor) {
    return tiles.computeIfAbsent(tensor, key -> new TileWeights(this, tensor));
  }

  /** The weights of a tensor as bfloat16 numbers. */
  public RoundedWeights rounded(String tensor) {
    return rounded.computeIfAbsent(tensor, key -> new RoundedWeights(this, tensor));
  }

  /** The total number of floats of all transformed and rounded weights. */
  public long transformed() {
    return tiles.values().stream().mapToLong(TileWeights::size).sum()
        + rounded.values().stream().mapToLong(RoundedWeights::size).sum();
  }

  /**
   * A number that grows with each change, to detect that values computed from parameters are
   * outdated.
   */
  public long version() {
    return version;
  }

  /** Must be called when parameters change. */
  public void changed() {
    version++;
  }

  /** All parameters. */
  FloatBuffer allValues() {
    return values.floats(0, learnt);
  }

  /** All gradients. */
  FloatBuffer allGradients() {
    return gradients.floats(0, learnt);
  }

  @Override
  public void close() {
    tiles.values().forEach(TileWeights::close);
    rounded.values().forEach(RoundedWeights::close);
    values.close();
    gradients.close();
  }
}
