/** Deeplearning4j behind the seam. The only package of the project that knows it. */
package org.bagnetlab.engine.nd4j.dl4j;
