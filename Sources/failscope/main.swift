print("failscope")
