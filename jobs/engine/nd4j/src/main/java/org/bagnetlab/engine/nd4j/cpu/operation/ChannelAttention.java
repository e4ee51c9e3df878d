package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Blocking;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.PackedWeights;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Node;

/**
 * Computes a value for each channel from the whole map: a perceptron is applied to the channels'
 * means and to their largest values, and both outputs are added. Rows of means and rows of largest
 * values pass through it together.
 */
public final class ChannelAttention extends MapTransform {

  private final Crew crew;
  private final int images;
  private final int channels;
  private final int hidden;
  private final Layer first;
  private final Layer second;
  private final FloatBuffer described;
  private final FloatBuffer inside;
  private final FloatBuffer answers;
  private final float[][] blocks;
  private final float[][] more;
  private final float[][] means;
  private final float[][] largest;
  private final float[][] positions;
  private final float[] zeros;
  private final float[][] unused;

  /** For each member, the means and the largest values of its images. */
  private final Share[][] shares;

  /** For each image and channel, the position of the largest value. */
  private final float[] places;

  /** Weights and bias of a linear layer, with their gradients. */
  private record Layer(
      PackedWeights packed,
      FloatBuffer weights,
      FloatBuffer bias,
      FloatBuffer weightGradient,
      FloatBuffer biasGradient) {

    static Layer of(Parameters parameters, String name, Blocking blocking) {
      return new Layer(
          parameters.packed(name + ".weight", PackedWeights.Kernels.AS_THEY_ARE, blocking),
          parameters.values(name + ".weight"),
          parameters.values(name + ".bias"),
          parameters.gradient(name + ".weight"),
          parameters.gradient(name + ".bias"));
    }
  }

  /** Rows of the perceptron's input, hidden layer and output. */
  private record Share(
      int images, FloatBuffer described, FloatBuffer inside, FloatBuffer answers) {}

  public ChannelAttention(
      Crew crew,
      Parameters parameters,
      Scratch scratch,
      Node.ChannelAttention node,
      Value input,
      Value output) {
    super(input, output);
    this.crew = crew;
    images = input.images();
    channels = input.channels();
    hidden = node.hidden();
    first = Layer.of(parameters, node.name() + ".fc1", crew.gemm().blocking());
    second = Layer.of(parameters, node.name() + ".fc2", crew.gemm().blocking());
    int wide = 2 * images * channels;
    int narrow = 2 * images * hidden;
    described = scratch.floats(wide);
    answers = scratch.floats(wide);
    inside = scratch.floats(narrow);
    shares = new Share[crew.members()][];
    for (int member = 0; member < shares.length; member++) {
      int from = crew.start(images, member);
      int count = crew.start(images, member + 1) - from;
      shares[member] = new Share[] {share(from, count), share(images + from, count)};
    }
    blocks = new float[crew.members()][Block.values(channels)];
    more = new float[crew.members()][blocks[0].length];
    means = new float[crew.members()][channels];
    largest = new float[crew.members()][channels];
    places = new float[images * channels];
    positions = new float[crew.members()][channels];
    zeros = new float[channels];
    unused = new float[crew.members()][channels];
  }

  private Share share(int row, int count) {
    return new Share(
        count,
        Gemm.from(described, row * channels),
        Gemm.from(inside, row * hidden),
        Gemm.from(answers, row * channels));
  }

  @Override
  public void forward() {
    first.packed.refresh(crew);
    second.packed.refresh(crew);
    crew.together(this::attend);
  }

  /** Computes the attention for a member's share of whole images. */
  private void attend(int member) {
    describe(member);
    for (Share share : shares[member]) {
      think(share);
    }
    answer(member);
  }

  private void think(Share share) {
    first.packed.multiply(share.images, share.described, channels, share.inside, hidden);
    FloatBuffer open = share.inside;
    for (int i = 0; i < share.images * hidden; i++) {
      int at = open.position() + i;
      open.put(at, Math.max(0, open.get(at) + first.bias.get(i % hidden)));
    }
    second.packed.multiply(share.images, open, hidden, share.answers, channels);
  }

  /** Adds both outputs for each image, with the bias of each. */
  private void answer(int member) {
    float[] sum = means[member];
    float[] other = largest[member];
    float[] bias = positions[member];
    second.bias.get(0, bias);
    for (int n = crew.start(images, member); n < crew.start(images, member + 1); n++) {
      answers.get(n * channels, sum);
      answers.get((images + n) * channels, other);
      for (int c = 0; c < channels; c++) {
        sum[c] += other[c] + 2 * bias[c];
      }
      output.map().write(n, 1, sum);
    }
  }

  private void describe(int member) {
    FeatureMap from = input.map();
    float[] x = blocks[member];
    float[] sum = means[member];
    float[] most = largest[member];
    float[] place = positions[member];
    int plane = from.height() * from.width();
    for (int n = crew.start(images, member); n < crew.start(images, member + 1); n++) {
      Arrays.fill(sum, 0);
      Arrays.fill(most, Float.NEGATIVE_INFINITY);
      for (int at = 0; at < plane; ) {
        int count =
            Math.min(Math.min(Block.positions(channels), plane - at), from.run(n * plane + at));
        from.read(n * plane + at, count, x);
        crew.loops().addDeviations(x, count * channels, zeros, sum, unused[member]);
        for (int i = 0; i < count; i++) {
          crew.loops().keepLarger(most, place, 0, x, i * channels, channels, at + i);
        }
        at += count;
      }
      for (int c = 0; c < channels; c++) {
        sum[c] /= plane;
      }
      described.put(n * channels, sum);
      described.put((images + n) * channels, most);
      System.arraycopy(place, 0, places, n * channels, channels);
    }
  }

  @Override
  public void backward() {
    FeatureMap above = outputGradient();
    int half = images * channels;
    // Both outputs have the gradient of their sum.
    float[] biasGradient = new float[channels];
    for (int i = 0; i < half; i++) {
      float g = above.memory().get(i / channels * above.pitch() + i % channels);
      answers.put(i, g);
      answers.put(half + i, g);
      biasGradient[i % channels] += 2 * g;
    }
    second.biasGradient.put(0, biasGradient);
    crew.gemm()
        .transposedTimes(
            channels,
            hidden,
            2 * images,
            answers,
            channels,
            inside,
            hidden,
            0,
            second.weightGradient,
            hidden);
    float[] open = new float[inside.capacity()];
    inside.get(0, open);
    crew.gemm()
        .times(
            2 * images,
            hidden,
            channels,
            answers,
            channels,
            second.weights,
            hidden,
            0,
            inside,
            hidden);
    float[] hiddenGradient = new float[hidden];
    for (int i = 0; i < open.length; i++) {
      float g = open[i] > 0 ? inside.get(i) : 0;
      inside.put(i, g);
      hiddenGradient[i % hidden] += g;
    }
    first.biasGradient.put(0, hiddenGradient);
    crew.gemm()
        .transposedTimes(
            hidden,
            channels,
            2 * images,
            inside,
            hidden,
            described,
            channels,
            0,
            first.weightGradient,
            channels);
    crew.gemm()
        .times(
            2 * images,
            channels,
            hidden,
            inside,
            hidden,
            first.weights,
            channels,
            0,
            answers,
            channels);
    crew.together(this::spread);
  }

  private void spread(int member) {
    FeatureMap to = inputGradient();
    float[] dx = blocks[member];
    float[] mean = means[member];
    float[] most = largest[member];
    int plane = to.height() * to.width();
    for (int n = crew.start(images, member); n < crew.start(images, member + 1); n++) {
      answers.get(n * channels, mean);
      answers.get((images + n) * channels, most);
      for (int c = 0; c < channels; c++) {
        mean[c] /= plane;
      }
      for (int at = 0; at < plane; ) {
        int count =
            Math.min(Math.min(Block.positions(channels), plane - at), to.run(n * plane + at));
        for (int i = 0; i < count; i++) {
          System.arraycopy(mean, 0, dx, i * channels, channels);
        }
        if (accumulates()) {
          to.read(n * plane + at, count, more[member]);
          crew.loops().add(dx, more[member], count * channels);
        }
        for (int c = 0; c < channels; c++) {
          int place = (int) places[n * channels + c] - at;
          if (place >= 0 && place < count) {
            dx[place * channels + c] += most[c];
          }
        }
        to.write(n * plane + at, count, dx);
        at += count;
      }
    }
  }
}
