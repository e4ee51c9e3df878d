/** Whether two runs are the same, bit for bit; otherwise in what they differ, and why they may. */
package org.bagnetlab.server.results.reproduction;
