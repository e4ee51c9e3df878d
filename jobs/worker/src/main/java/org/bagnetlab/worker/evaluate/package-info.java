/** Measures a trained network again. */
package org.bagnetlab.worker.evaluate;
