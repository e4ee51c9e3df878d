package org.bagnetlab.vision.network.dl4j;

import java.lang.reflect.Field;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts our kernels in the place of a graph's own layer helpers: batch norm everywhere, 1x1
 * convolutions without padding. Larger convolutions stay with oneDNN. For float32 on a CPU only.
 */
final class CpuKernels {

  private CpuKernels() {}

  static void install(Architecture architecture, ComputationGraph graph) {
    // Our kernels share images out over the cores; a product that spawned threads too would fight
    // them for the same ones.
    Nd4j.factory().blas().setMaxThreads(1);
    PointwiseConvolution.Scratch scratch = new PointwiseConvolution.Scratch();
    for (Node node : architecture.nodes()) {
      if (node instanceof Node.BatchNorm) {
        replace(BatchNormalization.class, graph.getLayer(node.name()), new PlaneNorm());
      } else if (node instanceof Node.Convolution convolution
          && convolution.window().kernel() == 1
          && convolution.window().padding() == 0) {
        replace(
            ConvolutionLayer.class,
            graph.getLayer(node.name()),
            new PointwiseConvolution(convolution.window().stride(), scratch));
      }
    }
  }

  /** Deeplearning4j finds its helpers by class name and offers no other way to give it one. */
  private static void replace(Class<?> type, Object layer, Object helper) {
    try {
      Field field = type.getDeclaredField("helper");
      field.setAccessible(true);
      field.set(layer, helper);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This version of Deeplearning4j keeps its helpers elsewhere", e);
    }
  }
}
