/** Readers of what comes from elsewhere, fed with mutations of valid inputs. */
package org.bagnetlab.server.fuzz;
