/** Finds what messages about sweeps and days say, and draws their charts. */
package org.bagnetlab.server.message.content;
