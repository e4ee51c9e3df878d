package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolution with any window, computed by ND4J, which uses oneDNN's kernel if it is available.
 */
public final class SpatialConvolution extends MapTransform {

  private static final int NHWC = 1;

  /** ND4J's code for weights as [out, in, height, width]. */
  private static final int WEIGHTS = 1;

  private final Crew crew;
  private final Parameters parameters;
  private final String weights;
  private final Window window;
  private @Nullable Value summand;
  private @Nullable DynamicCustomOp forward;
  private @Nullable DynamicCustomOp backward;

  public SpatialConvolution(
      Crew crew, Parameters parameters, String name, Window window, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    this.parameters = parameters;
    this.weights = name + ".weight";
    this.window = window;
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    super.planBackward(now, gradients);
    now.needs(input);
    if (accumulates()) {
      summand = new Value("part of gradient of " + input.name(), input.images(), input.shape());
      now.needs(summand);
    }
  }

  @Override
  public void bind(Arena arena) {
    INDArray in = array(arena, input);
    INDArray w = parameters.valuesArray(weights);
    forward =
        DynamicCustomOp.builder("conv2d")
            .addInputs(in, w)
            .addOutputs(array(arena, output))
            .addIntegerArguments(arguments())
            .build();
    if (hasBackward()) {
      Value below = summand == null ? ofInput() : summand;
      backward =
          DynamicCustomOp.builder("conv2d_bp")
              .addInputs(in, w, array(arena, ofOutput()))
              .addOutputs(array(arena, below), parameters.gradientArray(weights))
              .addIntegerArguments(arguments())
              .build();
    }
  }

  /** Kernel, stride, padding, dilation, 0 for explicit padding, layouts of maps and of weights. */
  private int[] arguments() {
    int k = window.kernel();
    int s = window.stride();
    int p = window.padding();
    return new int[] {k, k, s, s, p, p, 1, 1, 0, NHWC, WEIGHTS};
  }

  private static INDArray array(Arena arena, Value value) {
    FeatureMap map = value.map();
    if (!map.plain()) {
      throw new IllegalStateException(value.name() + " is not contiguous");
    }
    return arena.array(
        value.storage().offset(), map.images(), map.height(), map.width(), map.channels());
  }

  @Override
  public void forward() {
    Nd4j.exec(Objects.requireNonNull(forward));
  }

  @Override
  public void backward() {
    Nd4j.exec(Objects.requireNonNull(backward));
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
