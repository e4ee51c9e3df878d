package org.bagnetlab.engine.nd4j.cpu.parameter;

import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;

/** A layer's weights as the right factor of products. All programs of a network share them. */
public final class PackedWeights {

  private final Parameters parameters;
  private final Gemm.Packed packed;
  private long version = -1;

  /** The weights [out, in], or their transpose. */
  PackedWeights(Parameters parameters, Matrix weights, boolean transposed, Crew crew) {
    this.parameters = parameters;
    packed = new Gemm.Packed(weights, transposed, crew.members());
  }

  /** Packs the weights again if the parameters have changed. */
  public void refresh() {
    if (version != parameters.version()) {
      packed.pack();
      version = parameters.version();
    }
  }

  /** Computes C = A W, or C = A W', by the calling thread alone. */
  public void multiply(Matrix a, Matrix c) {
    packed.multiply(a, c);
  }
}
