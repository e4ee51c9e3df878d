/** Measures effective receptive fields. */
package org.bagnetlab.worker.effectivefield;
