/** Trained networks for other programs: ONNX, and model cards. */
package org.bagnetlab.server.model;
