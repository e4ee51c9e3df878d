package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.ChannelsLast;
import org.bagnetlab.engine.nd4j.cpu.onednn.Convolution;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/** A convolution with any window, computed by oneDNN. */
public final class SpatialConvolution extends MapTransform {

  private final Crew crew;
  private final Parameters parameters;
  private final String weights;
  private final Window window;
  private @Nullable Value summand;
  private @Nullable Convolution convolution;
  private Convolution.@Nullable Backward backward;
  private long version = -1;

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
    convolution =
        new Convolution(
            crew.members(),
            window,
            plain(input),
            parameters.values(weights),
            plain(output),
            hasBackward());
    version = -1;
    if (hasBackward()) {
      Value below = summand == null ? ofInput() : summand;
      backward =
          convolution.new Backward(plain(below), plain(ofOutput()), parameters.gradient(weights));
    }
  }

  private static ChannelsLast plain(Value value) {
    FeatureMap map = value.map();
    if (!map.plain()) {
      throw new IllegalStateException(value.name() + " is not contiguous");
    }
    return new ChannelsLast(map.memory(), map.images(), map.height(), map.width(), map.channels());
  }

  @Override
  public void forward() {
    Convolution bound = Objects.requireNonNull(convolution);
    if (version != parameters.version()) {
      bound.pack();
      version = parameters.version();
    }
    bound.forward();
  }

  @Override
  public void backward() {
    Objects.requireNonNull(backward).run();
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
