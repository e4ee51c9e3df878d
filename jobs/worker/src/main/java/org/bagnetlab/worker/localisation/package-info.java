/** Measures where evidence lies, on images whose construction is known. */
package org.bagnetlab.worker.localisation;
