package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Node;

/**
 * Computes a value for each channel from the whole map: a perceptron is applied to the channels'
 * means and to their largest values, and both outputs are added. Rows of means and rows of largest
 * values pass through the perceptron together.
 */
public final class ChannelAttention extends MapTransform {

  private final Crew crew;
  private final int images;
  private final int channels;
  private final int hidden;
  private final Layer first;
  private final Layer second;
  private final Matrix described;
  private final Matrix inside;
  private final Matrix answers;
  private final float[][] blocks;
  private final float[][] more;
  private final float[][] means;
  private final float[][] largest;
  private final float[][] positions;
  private final float[] zeros;
  private final float[][] unused;

  /** For each image and channel, the position of the largest value. */
  private final float[] places;

  /** Weights and bias of a linear layer, with their gradients. */
  private record Layer(
      Matrix weights, FloatBuffer bias, Matrix weightGradient, FloatBuffer biasGradient) {

    static Layer of(Parameters parameters, String name) {
      return new Layer(
          parameters.weights(name + ".weight"),
          parameters.values(name + ".bias"),
          parameters.weightGradient(name + ".weight"),
          parameters.gradient(name + ".bias"));
    }
  }

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
    first = Layer.of(parameters, node.name() + ".fc1");
    second = Layer.of(parameters, node.name() + ".fc2");
    described = scratch.matrix(2 * images, channels);
    answers = scratch.matrix(2 * images, channels);
    inside = scratch.matrix(2 * images, hidden);
    blocks = new float[crew.members()][Block.values(channels)];
    more = new float[crew.members()][blocks[0].length];
    means = new float[crew.members()][channels];
    largest = new float[crew.members()][channels];
    places = new float[images * channels];
    positions = new float[crew.members()][channels];
    zeros = new float[channels];
    unused = new float[crew.members()][channels];
  }

  @Override
  public void forward() {
    crew.together(this::attend);
  }

  /** Computes the attention for a member's share of whole images. */
  private void attend(int member) {
    describe(member);
    int from = crew.start(images, member);
    int count = crew.start(images, member + 1) - from;
    applyPerceptron(from, count);
    applyPerceptron(images + from, count);
    answer(member);
  }

  /** Applies the perceptron to a range of rows. */
  private void applyPerceptron(int from, int count) {
    Matrix open = inside.rows(from, count);
    Gemm.timesTransposed(described.rows(from, count), first.weights, open);
    Numbers values = inside.memory();
    for (int i = from * hidden; i < (from + count) * hidden; i++) {
      values.put(i, Math.max(0, values.get(i) + first.bias.get(i % hidden)));
    }
    Gemm.timesTransposed(open, second.weights, answers.rows(from, count));
  }

  /** Adds both outputs for each image, each with its bias. */
  private void answer(int member) {
    float[] sum = means[member];
    float[] other = largest[member];
    float[] bias = positions[member];
    second.bias.get(0, bias);
    for (int n = crew.start(images, member); n < crew.start(images, member + 1); n++) {
      answers.memory().get(n * channels, sum);
      answers.memory().get((images + n) * channels, other);
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
      described.memory().put(n * channels, sum);
      described.memory().put((images + n) * channels, most);
      System.arraycopy(place, 0, places, n * channels, channels);
    }
  }

  @Override
  public void backward() {
    FeatureMap above = outputGradient();
    int half = images * channels;
    // The gradient of each output equals that of their sum.
    float[] biasGradient = new float[channels];
    for (int i = 0; i < half; i++) {
      float g = above.memory().get(i / channels * above.pitch() + i % channels);
      answers.memory().put(i, g);
      answers.memory().put(half + i, g);
      biasGradient[i % channels] += 2 * g;
    }
    second.biasGradient.put(0, biasGradient);
    Gemm.transposedTimes(answers, inside, 0, second.weightGradient);
    Numbers insideValues = inside.memory();
    float[] open = new float[inside.rows() * inside.columns()];
    insideValues.get(0, open);
    Gemm.times(answers, second.weights, 0, inside);
    float[] hiddenGradient = new float[hidden];
    for (int i = 0; i < open.length; i++) {
      float g = open[i] > 0 ? insideValues.get(i) : 0;
      insideValues.put(i, g);
      hiddenGradient[i % hidden] += g;
    }
    first.biasGradient.put(0, hiddenGradient);
    Gemm.transposedTimes(inside, described, 0, first.weightGradient);
    Gemm.times(inside, first.weights, 0, answers);
    crew.together(this::spread);
  }

  private void spread(int member) {
    FeatureMap to = inputGradient();
    float[] dx = blocks[member];
    float[] mean = means[member];
    float[] most = largest[member];
    int plane = to.height() * to.width();
    for (int n = crew.start(images, member); n < crew.start(images, member + 1); n++) {
      answers.memory().get(n * channels, mean);
      answers.memory().get((images + n) * channels, most);
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
