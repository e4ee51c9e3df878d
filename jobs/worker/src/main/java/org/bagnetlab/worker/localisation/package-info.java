/** Measures where networks see evidence, on images whose construction is known. */
package org.bagnetlab.worker.localisation;
