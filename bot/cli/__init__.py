"""What the command line does besides serving.

coach     `coach`: reads texts (`inputs`) and says what the coach finds
evaluate  `coach evaluate`: measures the coach (`measures`) on a folder of labelled texts (`corpus`)
manifest  `manifest`: the app's manifest, for Socket Mode or HTTP
"""
