package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.Convolution;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.jspecify.annotations.Nullable;

/** A convolution with any window, computed by oneDNN. */
public final class SpatialConvolution extends MapTransform implements WeightedOperation {

  private final Crew crew;
  private final Parameters parameters;
  private final Scratch scratch;
  private final String weights;
  private final Convolution convolution;
  private final Value overwritten;
  private @Nullable Value summand;
  private @Nullable Gradient<Convolution.InputGradient> ofInput;
  private @Nullable Gradient<Convolution.WeightGradient> ofWeights;
  private Convolution.@Nullable Forward forward;
  private @Nullable Runnable inputGradient;
  private @Nullable Runnable weightGradient;
  private long version = -1;

  /** A gradient and the memory that it overwrites. */
  private record Gradient<G>(G compiled, Value workspace) {}

  public SpatialConvolution(
      Crew crew,
      Parameters parameters,
      Scratch scratch,
      Pass pass,
      Node.Convolution node,
      Value input,
      Value output) {
    super(input, output);
    this.crew = crew;
    this.parameters = parameters;
    this.scratch = scratch;
    weights = node.name() + ".weight";
    convolution =
        new Convolution(
            crew.members(),
            new Convolution.Sizes(input.images(), input.shape(), output.shape(), node.window()),
            pass.hasBackwardPass());
    overwritten = floats("scratch of " + node.name(), convolution.forwardFloats());
  }

  private static Value floats(String name, long count) {
    return new Value(name, 1, new Shape(Math.max(1, Math.toIntExact(count)), 1, 1));
  }

  @Override
  public void planForward(Timeline now) {
    super.planForward(now);
    now.needs(overwritten);
  }

  @Override
  public void planWeightGradient(Timeline now, Gradients gradients) {
    now.needs(gradients.of(output));
    now.needs(input);
    Convolution.WeightGradient compiled = convolution.new WeightGradient();
    Value workspace = floats("workspace of gradient of " + weights, compiled.floats());
    now.needs(workspace);
    ofWeights = new Gradient<>(compiled, workspace);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    super.planBackward(now, gradients);
    if (accumulates()) {
      summand = new Value("part of gradient of " + input.name(), input.images(), input.shape());
      now.needs(summand);
    }
    Convolution.InputGradient compiled = convolution.new InputGradient();
    Value workspace = floats("workspace of gradient below " + weights, compiled.floats());
    now.needs(workspace);
    ofInput = new Gradient<>(compiled, workspace);
  }

  @Override
  public void bind(Arena arena) {
    if (forward != null) {
      return; // A program's values do not move.
    }
    FloatBuffer values = parameters.values(weights);
    FloatBuffer in = plain(input);
    forward =
        convolution
        .new Forward(
            in,
            values,
            scratch.floats(convolution.packedFloats()),
            plain(overwritten),
            plain(output));
    if (ofWeights != null) {
      weightGradient =
          ofWeights.compiled.in(
              in, plain(ofWeights.workspace), plain(ofOutput()), parameters.gradient(weights));
    }
    if (ofInput != null) {
      inputGradient =
          ofInput.compiled.in(
              values,
              plain(ofInput.workspace),
              plain(ofOutput()),
              plain(summand == null ? ofInput() : summand));
    }
  }

  private static FloatBuffer plain(Value value) {
    FeatureMap map = value.map();
    if (!map.plain()) {
      throw new IllegalStateException(value.name() + " is not contiguous");
    }
    return map.memory();
  }

  @Override
  public void forward() {
    Convolution.Forward bound = Objects.requireNonNull(forward);
    if (version != parameters.version()) {
      bound.pack();
      version = parameters.version();
    }
    bound.run();
  }

  @Override
  public void weightGradient() {
    Objects.requireNonNull(weightGradient).run();
  }

  @Override
  public void backward() {
    Objects.requireNonNull(inputGradient).run();
    if (summand != null) {
      FeatureMap part = summand.map();
      FeatureMap to = inputGradient();
      float[] sum = new float[Block.values(to.channels())];
      float[] more = new float[sum.length];
      int most = Block.positions(to.channels());
      for (int at = 0; at < to.positions(); at += most) {
        int count = Math.min(most, to.positions() - at);
        to.read(at, count, sum);
        part.read(at, count, more);
        crew.loops().add(sum, more, count * to.channels());
        to.write(at, count, sum);
      }
    }
  }
}
