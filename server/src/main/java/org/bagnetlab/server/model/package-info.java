/** Trained networks for other programs: ONNX, model cards, and events for TensorBoard. */
package org.bagnetlab.server.model;
