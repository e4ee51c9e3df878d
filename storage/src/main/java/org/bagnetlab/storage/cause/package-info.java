/** Causes as they are stored: a code with its arguments. */
package org.bagnetlab.storage.cause;
