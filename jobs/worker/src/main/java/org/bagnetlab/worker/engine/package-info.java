/** The computing engine of this process. */
package org.bagnetlab.worker.engine;
