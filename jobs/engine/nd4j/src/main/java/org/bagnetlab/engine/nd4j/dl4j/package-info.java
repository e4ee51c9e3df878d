/** An engine on Deeplearning4j, which only this package of the project uses. */
package org.bagnetlab.engine.nd4j.dl4j;
